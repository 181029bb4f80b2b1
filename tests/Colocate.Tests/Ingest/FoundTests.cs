using Colocate.Fuzz;

namespace Colocate.Tests.Ingest;

/// <summary>The targets of the fuzzer on files it once stumbled over, and on the corpus it begins from.</summary>
[Trait("promise", "R6")]
public sealed class FoundTests
{
    private static readonly string s_corpus = Path.Combine(AppContext.BaseDirectory, "corpus");

    public static TheoryData<string> Targets => [.. FuzzTarget.All.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Every_target_takes_what_was_found_and_what_it_begins_from(string name)
    {
        FuzzTarget target = FuzzTarget.All.Single(t => t.Name == name);
        string[] folders = [.. target.Seeds.Select(s => Path.Combine(s_corpus, s)), Path.Combine(s_corpus, "found", name)];
        string[] files = [.. folders.Where(Directory.Exists).SelectMany(Directory.EnumerateFiles)];
        Assert.NotEmpty(files);
        foreach (string file in files)
            Assert.Null(Record.Exception(() => target.Take(File.ReadAllBytes(file))));
    }

    [Fact]
    public void Findings_lie_in_folders_of_targets()
    {
        string found = Path.Combine(s_corpus, "found");
        Assert.Empty(Directory.Exists(found) ? Directory.EnumerateDirectories(found).Select(Path.GetFileName).Except(FuzzTarget.All.Select(t => t.Name)) : []);
    }

    /// <summary>A small trace with its records' every kind of damage by one bit.</summary>
    [Fact]
    public void Every_bit_flipped_in_the_first_4_KiB_of_a_trace_leaves_every_byte_accounted_for()
    {
        FuzzTarget target = FuzzTarget.All.Single(t => t.Name == "xentrace");
        byte[] trace = File.ReadAllBytes(Path.Combine(s_corpus, "good", "xentrace", "driver-domain-copies-for-a-guest-that-waits.bin"))[..8192];
        for (int bit = 0; bit < 4096 * 8; bit++)
        {
            trace[bit / 8] ^= (byte)(1 << (bit % 8));
            target.Take(trace);
            trace[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void A_trace_cut_at_every_byte_of_its_first_8_KiB_leaves_every_byte_accounted_for()
    {
        FuzzTarget target = FuzzTarget.All.Single(t => t.Name == "xentrace");
        byte[] trace = File.ReadAllBytes(Path.Combine(s_corpus, "good", "xentrace", "driver-domain-copies-for-a-guest-that-waits.bin"))[..8192];
        for (int length = 0; length <= trace.Length; length++)
            target.Take(trace[..length]);
    }
}
