using Colocate.Model.Tables;

namespace Colocate.Cli.Report;

/// <summary>One answer of the report: a question, and how the tables of the lake answer it.</summary>
public interface IFigure
{
    /// <summary>Name in the page and of the CSV file: lower-case letters and hyphens, unique in the catalogue.</summary>
    string Id { get; }

    /// <summary>The question, which is also the heading.</summary>
    string Question { get; }

    /// <summary>The tables read. Rows of any other table change neither the finding nor the numbers.</summary>
    IReadOnlyList<Table> Reads { get; }

    /// <summary>Draws the answer. Without the rows it needs, the drawing holds nothing but the sentence that says what is missing.</summary>
    Drawing Draw(ReportTables tables);
}
