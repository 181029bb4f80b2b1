using Colocate.Simulate.Engine;

namespace Colocate.Simulate.Clients;

/// <summary>The sizes of a workload's replies: each connection draws one.</summary>
internal sealed class ReplyShapes
{
    private readonly ReplyShape _usual;
    private readonly (ReplyShape Shape, double Below)[] _others;
    private RandomSource _random;

    /// <summary>Cuts a reply of every size.</summary>
    /// <param name="settings">The load.</param>
    /// <param name="random">Decides which size is next; not asked where there is but one, and a stream of its own, so that arrivals are the same whatever the sizes.</param>
    /// <exception cref="ArgumentException">Fractions are out of range, or leave nothing for the usual size.</exception>
    internal ReplyShapes(ClientSettings settings, RandomSource random)
    {
        _random = random;
        _usual = new ReplyShape(settings.ReplyBytes, settings.ReplyHeaderBytes);
        _others = new (ReplyShape, double)[settings.OtherReplies.Count];
        double below = 0;
        foreach ((int i, ReplyShare share) in settings.OtherReplies.Index())
            _others[i] = (new ReplyShape(share.Bytes, settings.ReplyHeaderBytes), share.Fraction > 0 ? below += share.Fraction : double.NaN);
        if (!(below < 1) || _others.Any(o => double.IsNaN(o.Below)))
            throw new ArgumentException("fractions of replies of other sizes are above 0 and sum to less than 1", nameof(settings));
    }

    /// <summary>The size of one connection's reply.</summary>
    internal ReplyShape Draw()
    {
        if (_others.Length == 0)
            return _usual;
        double at = _random.Uniform();
        foreach ((ReplyShape shape, double below) in _others)
        {
            if (at < below)
                return shape;
        }

        return _usual;
    }
}
