using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Colocate.Model.Errors;

namespace Colocate.Model.Plans;

/// <summary>
/// Work of one stage cut into chunks that any number of processes may do, in any order and more than once. As a file: a line about the plan, then one line a
/// unit, each a JSON object.
/// </summary>
public sealed record WorkPlan
{
    /// <summary>More than this many chunks no cluster takes, and no unit count asks for.</summary>
    public const int MaxChunks = 1_000_000;

    private const int Version = 1;

    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    };

    /// <summary>Stage the work is of.</summary>
    public required string Stage { get; init; }

    /// <summary>Chunks with something to do.</summary>
    public required int Chunks { get; init; }

    /// <summary>Settings of the stage.</summary>
    public required JsonElement Settings { get; init; }

    /// <summary>Every unit, by name; also those whose result was there already.</summary>
    public required IReadOnlyList<WorkUnit> Units { get; init; }

    /// <summary>Units whose result was there already.</summary>
    [JsonIgnore]
    public int AlreadyDone => Units.Count(u => u.Chunk is null);

    /// <summary>Makes a plan.</summary>
    /// <param name="stage">Stage.</param>
    /// <param name="settings">Settings of the stage.</param>
    /// <param name="units">All units.</param>
    /// <param name="isToDo">Whether a unit is still to be done.</param>
    /// <param name="chunks">At most how many chunks, from 1 to <see cref="MaxChunks"/>.</param>
    public static WorkPlan Create<TSettings>(string stage, TSettings settings, IReadOnlyList<WorkUnit> units, Func<WorkUnit, bool> isToDo, int chunks)
    {
        IReadOnlyList<WorkUnit> divided = ChunkDivision.Divide(units, isToDo, chunks);
        return new WorkPlan { Stage = stage, Settings = ToElement(settings), Units = divided, Chunks = divided.Max(u => u.Chunk) + 1 ?? 0 };
    }

    /// <summary>What a unit or the settings are written as.</summary>
    public static JsonElement ToElement<T>(T value) => JsonSerializer.SerializeToElement(value, s_json);

    /// <summary>Reads back what <see cref="ToElement"/> made.</summary>
    /// <exception cref="RequestException">It is something else (<see cref="ExitCode.WrongUse"/>).</exception>
    public static T FromElement<T>(JsonElement element)
    {
        try
        {
            return element.Deserialize<T>(s_json) ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            throw Damaged("part of it cannot be read: " + e.Message);
        }
    }

    /// <summary>Units of a chunk, the largest first.</summary>
    public IReadOnlyList<WorkUnit> UnitsOf(int chunk) => [.. Units.Where(u => u.Chunk == chunk).OrderByDescending(u => u.Bytes).ThenBy(u => u.Unit, StringComparer.Ordinal)];

    /// <summary>Writes the plan.</summary>
    public void Write(TextWriter target)
    {
        var lines = new StringBuilder();
        foreach (WorkUnit unit in Units)
            lines.Append(JsonSerializer.Serialize(unit, s_json)).Append('\n');
        string text = lines.ToString();
        target.Write(JsonSerializer.Serialize(new Header(Version, Stage, Chunks, Units.Count, Digest(text), Settings), s_json) + "\n");
        target.Write(text);
    }

    /// <summary>Reads a plan.</summary>
    /// <exception cref="RequestException">It is none, is cut or was changed, or a newer version wrote it (<see cref="ExitCode.WrongUse"/>).</exception>
    public static WorkPlan Read(TextReader source)
    {
        try
        {
            Header header = JsonSerializer.Deserialize<Header>(source.ReadLine() ?? "", s_json) ?? throw Damaged("it is empty");
            if (header.Plan > Version)
                throw new RequestException(ExitCode.WrongUse, $"The plan is of version {header.Plan}; this version of colocate reads {Version}", "use one version of colocate on all machines");
            string text = source.ReadToEnd();
            if (Digest(text) != header.Sha256)
                throw Damaged("its lines are not those it was written with");
            WorkUnit[] units = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<WorkUnit>(line, s_json)!)];
            if (units.Length != header.Units || header.Chunks is < 0 or > MaxChunks || units.Any(u => u.Chunk < 0 || u.Chunk >= header.Chunks))
                throw Damaged("its counts do not agree");
            return new WorkPlan { Stage = header.Stage, Chunks = header.Chunks, Settings = header.Settings, Units = units };
        }
        catch (JsonException e)
        {
            throw Damaged(e.Message);
        }
    }

    private static RequestException Damaged(string why) => new(ExitCode.WrongUse, $"The plan is damaged: {why.TrimEnd('.')}", "make it again with `colocate plan`");

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed record Header(int Plan, string Stage, int Chunks, int Units, string Sha256, JsonElement Settings);
}
