using Colocate.Model.Lake;
using Colocate.Model.Tables;

namespace Colocate.Tests.Model;

public sealed class TableDeclarationTests
{
    public static TheoryData<string> Tables => [.. TableCatalogue.All.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Tables))]
    public void Every_column_says_unit_and_meaning_and_what_null_means_exactly_when_it_can_be_null(string name)
    {
        Table table = TableCatalogue.Find(name)!;
        Assert.Matches("^[a-z][a-z_]*$", table.Name);
        Assert.NotEmpty(table.Description);
        Assert.Distinct(table.Columns.Select(c => c.Name));
        var context = new System.Reflection.NullabilityInfoContext();
        foreach (Column column in table.Columns)
        {
            Assert.False(string.IsNullOrWhiteSpace(column.Unit), column.Name);
            Assert.True(column.Description.Length > 5 && column.Description.EndsWith('.'), $"{name}.{column.Name}: {column.Description}");
            Assert.NotEmpty(TableDescription.TypeName(column));
            System.Reflection.PropertyInfo property = table.RowType.GetProperty(Pascal(column.Name))!;
            bool nullable = context.Create(property).ReadState == System.Reflection.NullabilityState.Nullable;
            Assert.True(nullable == column.IsNullable, $"{name}.{column.Name}: may be null = {nullable}, says so = {column.IsNullable}");
        }
    }

    /// <summary>A stored table may only gain columns at its end; the file is the list of what was promised.</summary>
    [Fact]
    public void The_stored_schema_is_the_promised_one()
    {
        string promised = Path.Combine(Repository.Root, "tests", "Colocate.Tests", "Model", "schema.txt");
        string actual = string.Concat(TableCatalogue.All.Select(t => $"{t.Name} v{t.Version}\n" + string.Concat(t.Columns.Select(c => $"  {c.Name} {TableDescription.TypeName(c)}{(c.IsNullable ? "?" : "")} [{c.Unit}]\n"))));
        if (Environment.GetEnvironmentVariable("COLOCATE_WRITE_CORPUS") is { Length: > 0 })
            File.WriteAllText(promised, actual);
        else
            Assert.Equal(File.ReadAllText(promised), actual);
    }

    private static string Pascal(string snake) => string.Concat(snake.Split('_').Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
}
