using Colocate.Ingest.Formats;
using Colocate.Ingest.Text;
using Colocate.Model.Diagnostics;

namespace Colocate.Ingest.Clients;

/// <summary>What one run of a load generator printed, taken in line by line.</summary>
internal interface IClientReport
{
    /// <summary>True when the report says how many replies came in which time: without it there is no throughput.</summary>
    bool HasTotal { get; }

    /// <summary>True when a line can only belong to another report than this one.</summary>
    /// <param name="text">The line without blanks around it.</param>
    bool IsOfAnother(string text);

    /// <summary>Takes a line in; false when it is none that the program prints, or may have been cut.</summary>
    /// <param name="text">The line without blanks around it.</param>
    /// <param name="line">The line as it stands in the file.</param>
    bool Take(string text, TextLine line);

    /// <summary>Adds the report's rows and finds what is missing or contradicts itself; only when it <see cref="HasTotal"/>.</summary>
    void Use(InputContext context, RowSink rows, FindingLog findings);
}
