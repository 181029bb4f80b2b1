using SharpFuzz;

namespace Colocate.Fuzz;

internal static class Program
{
    private const string Usage = """
        Colocate.Fuzz list                  names of the targets, each with the folders of tests/corpus to begin from
        Colocate.Fuzz run TARGET            under afl-fuzz
        Colocate.Fuzz replay TARGET FILE... a file that was found, without it
        """;

    private static int Main(string[] args)
    {
        switch (args)
        {
            case ["list"]:
                foreach (FuzzTarget target in FuzzTarget.All)
                    Console.WriteLine($"{target.Name} {string.Join(' ', target.Seeds)}");
                return 0;
            case ["run", var name]:
                // Instrumented code must not run before the fuzzer has given it memory to write to: not even to find the target.
                FuzzTarget? asked = null;
                Fuzzer.OutOfProcess.Run(stream =>
                {
                    using var content = new MemoryStream();
                    stream.CopyTo(content);
                    (asked ??= Find(name))!.Take(content.ToArray());
                });
                return 0;
            case ["replay", var name, .. var files] when Find(name) is { } target:
                foreach (string file in files)
                    target.Take(File.ReadAllBytes(file));
                return 0;
            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }
    }

    private static FuzzTarget? Find(string name) => FuzzTarget.All.FirstOrDefault(t => t.Name == name);
}
