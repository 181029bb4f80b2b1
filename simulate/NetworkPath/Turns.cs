namespace Colocate.Simulate.NetworkPath;

/// <summary>Who is next: numbers that wait in order of arrival, none of them twice.</summary>
/// <param name="count">How many numbers there are.</param>
public sealed class Turns(int count)
{
    private readonly Queue<int> _waiting = new(count);
    private readonly bool[] _waits = new bool[count];

    /// <summary>Numbers that wait.</summary>
    public int Count => _waiting.Count;

    /// <summary>Puts a number at the end, unless it waits already.</summary>
    public void Add(int number)
    {
        if (_waits[number])
            return;
        _waits[number] = true;
        _waiting.Enqueue(number);
    }

    /// <summary>Takes the first number; false when none waits.</summary>
    public bool TryTake(out int number)
    {
        if (!_waiting.TryDequeue(out number))
            return false;
        _waits[number] = false;
        return true;
    }
}
