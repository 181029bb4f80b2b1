using System.Globalization;
using System.Text;
using Colocate.Ingest.Formats;
using Colocate.Model.Diagnostics;
using CsCheck;

namespace Colocate.Tests.Ingest;

/// <summary>What every format promises. Formats and their files are found by themselves: a new format is under test once it is listed.</summary>
public sealed class FormatContractTests
{
    /// <summary>Files up to this size are cut at every byte; of larger ones so many points are taken.</summary>
    private const int CutEverywhereBytes = 6 * 1024;
    private const int Cuts = 200;

    public static TheoryData<string> Formats => [.. FormatCatalogue.All.Select(f => f.Id)];

    public static TheoryData<string> Files => [.. CorpusFile.All.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_format_has_a_good_and_a_bad_file(string id)
    {
        CorpusFile[] files = [.. CorpusFile.All.Where(f => f.Format.Id == id)];
        Assert.Contains(files, f => f.IsGood && File.Exists(f.ExpectedPath));
        Assert.Contains(files, f => !f.IsGood);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_format_describes_itself(string id)
    {
        IInputFormat format = FormatCatalogue.Find(id)!;
        Assert.Matches("^[a-z][a-z0-9-]*$", format.Id);
        Assert.EndsWith(".", format.Title, StringComparison.Ordinal);
        Assert.True(Uri.TryCreate(format.Definition, UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttps, format.Definition);
        Assert.True(format.Version >= 1);
        Assert.NotEmpty(format.Fills);
        Assert.Contains(DiagnosticCatalogue.All, d => d.Code.StartsWith(format.DiagnosticPrefix + "-", StringComparison.Ordinal));
    }

    [Fact]
    public void Ids_and_prefixes_are_unique()
    {
        Assert.Distinct(FormatCatalogue.All.Select(f => f.Id));
        Assert.Distinct(FormatCatalogue.All.Select(f => f.DiagnosticPrefix));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_good_file_is_recognised_by_its_format_alone_and_a_bad_one_by_no_other(string name)
    {
        CorpusFile file = Find(name);
        byte[] bytes = file.Bytes();
        byte[] head = bytes[..Math.Min(bytes.Length, FormatCatalogue.HeadBytes)];
        string[] found = [.. FormatCatalogue.All.Where(f => head.Length > 0 && f.Recognises(head)).Select(f => f.Id)];
        if (file.IsGood)
            Assert.Equal([file.Format.Id], found);
        else
            Assert.Empty(found.Except([file.Format.Id]));
    }

    [Theory]
    [InlineData("The quick brown fox jumps over the lazy dog.\n")]
    [InlineData("{ \"run\": \"pair-1-1\", \"xentop\": { \"file\": \"xentop.txt\" } }\n")]
    [InlineData("time,cpu\n0,12.5\n1,13.5\n")]
    [InlineData("Running 12 tests on http://10.0.0.2/f1.bin\n  2 threads and 10 connections\n  Latency    19.23ms\n")]
    [InlineData("Requests per second: many\nConcurrency Level: high\n")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")]
    public void Unrelated_content_is_recognised_by_none(string content) =>
        Assert.Null(FormatCatalogue.Recognise(Encoding.UTF8.GetBytes(content)));

    [Theory]
    [MemberData(nameof(Files))]
    public void Rows_fill_only_the_tables_that_the_format_declares_and_findings_carry_its_prefix(string name)
    {
        CorpusFile file = Find(name);
        Reading reading = Reading.Of(file.Format, file.Bytes());
        Assert.Empty(reading.Rows.Tables().Select(t => t.Key).Except(file.Format.Fills));
        Assert.All(reading.Codes, c => Assert.Matches($"^({file.Format.DiagnosticPrefix}|FL)-", c));
        if (file.IsGood)
            Assert.All(reading.Findings, f => Assert.Equal(Severity.Information, f.Kind.Severity));
        else
            Assert.NotEmpty(reading.Findings);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Chunking_does_not_matter(string name)
    {
        CorpusFile file = Find(name);
        byte[] bytes = file.Bytes();
        string whole = Reading.Of(file.Format, bytes).ToString();
        foreach (int chunk in (int[])[1, 7, 4096])
            Assert.Equal(whole, Reading.Of(file.Format, new DrippingStream(bytes, chunk)).ToString());
    }

    [Theory]
    [MemberData(nameof(Files))]
    [Trait("promise", "R5")]
    public void Every_byte_is_accounted_for_wherever_the_file_is_cut(string name)
    {
        CorpusFile file = Find(name);
        byte[] bytes = file.Bytes();
        int cuts = bytes.Length <= CutEverywhereBytes ? bytes.Length : Cuts;
        for (int i = 0; i <= cuts; i++)
        {
            int length = (int)((long)bytes.Length * i / Math.Max(1, cuts));
            Assert.Equal(length, Reading.Of(file.Format, bytes[..length]).Context.Bytes.Total);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    [Trait("promise", "R6")]
    public void Flipped_bytes_never_throw_and_stay_accounted_for(string name)
    {
        CorpusFile file = Find(name);
        byte[] bytes = file.Bytes();
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte).Array[1, 8].Sample(
            flips =>
            {
                byte[] damaged = [.. bytes];
                foreach ((int at, byte value) in flips)
                    damaged[at] = value;
                Assert.Equal(damaged.Length, Reading.Of(file.Format, damaged).Context.Bytes.Total);
            },
            iter: bytes.Length <= CutEverywhereBytes ? 200 : 40,
            threads: 1);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    [Trait("promise", "R6")]
    public void Noise_never_throws_and_stays_accounted_for(string id)
    {
        IInputFormat format = FormatCatalogue.Find(id)!;
        Gen.Byte.Array[0, 2000].Sample(noise => Assert.Equal(noise.Length, Reading.Of(format, noise).Context.Bytes.Total), iter: 200, threads: 1);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Two_readings_are_identical_whatever_the_culture(string name)
    {
        CorpusFile file = Find(name);
        string first = Reading.Of(file.Format, file.Bytes()).ToString();
        var culture = CultureInfo.CurrentCulture;
        try
        {
            var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            commas.NumberFormat.NumberDecimalSeparator = ",";
            commas.NumberFormat.NegativeSign = "minus";
            CultureInfo.CurrentCulture = commas;
            Assert.Equal(first, Reading.Of(file.Format, file.Bytes()).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Cancelling_ends_the_reading(string id)
    {
        CorpusFile file = CorpusFile.All.First(f => f.Format.Id == id && f.IsGood);
        var context = new InputContext { Run = Reading.Run(), Settings = new IngestSettings(), Findings = new FindingLog("input") };
        Assert.ThrowsAny<OperationCanceledException>(
            () => file.Format.Read(new MemoryStream(file.Bytes()), context, new RowSink(), new CancellationToken(canceled: true)));
    }

    private static CorpusFile Find(string name) => CorpusFile.All.Single(f => f.Name == name);
}
