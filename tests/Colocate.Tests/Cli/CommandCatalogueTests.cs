using Colocate.Cli;
using Colocate.Cli.Commands;

namespace Colocate.Tests.Cli;

public sealed class CommandCatalogueTests
{
    private static readonly Terminal s_nowhere = new() { Out = TextWriter.Null, Error = TextWriter.Null };

    [Fact]
    public void A_command_goes_by_its_own_name_and_is_made_alone() => Assert.All(
        CommandCatalogue.Create(s_nowhere).Where(c => c.Name != CompletionsCommand.Name), c => Assert.Equal(c.Name, Assert.Single(CommandCatalogue.Create(s_nowhere, c.Name)).Name));

    [Theory]
    [InlineData(null)]
    [InlineData("--help")]
    [InlineData("ingst")]
    [InlineData("completions")]
    public void All_are_made_for_who_must_know_them_all(string? named)
    {
        string[] all = [.. CommandCatalogue.Create(s_nowhere).Select(c => c.Name)];
        Assert.True(all.Length > 20);
        Assert.Equal(all, CommandCatalogue.Create(s_nowhere, named).Select(c => c.Name));
    }
}
