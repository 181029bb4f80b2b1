using Colocate.Cli;
using Colocate.Cli.Commands;

namespace Colocate.Tests.Cli;

/// <summary>Scripts are loaded and asked by the real shells.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string[]> Asked => new()
    {
        { "colocate sim", ["simulate"] },
        { "colocate comp", ["completions"] },
        { "colocate scores --ba", ["--base", "--bases"] },
        { "colocate scores --base ", ["max", "mean"] },
        { "colocate metrics --lake out/lake --format c", ["csv"] },
        { "colocate simulate --sched", ["--scheduler"] },
        { "colocate export --format p", ["parquet"] },
        { "colocate simulate --scheduler credit3", ["credit34"] },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Asked))]
    public async Task Bash_completes(string line, string[] expected)
    {
        string script = await ScriptAsync("bash", "/bin/bash");
        string ask = $"source '{script}'; complete -p colocate >/dev/null || exit 9; line='{line}'; COMP_WORDS=($line); [[ $line == *' ' ]] && COMP_WORDS+=(''); COMP_CWORD=$((${{#COMP_WORDS[@]}}-1)); _colocate; printf '%s\\n' \"${{COMPREPLY[@]}}\"";
        AssertOffers("/bin/bash", ["--norc", "-c", ask], expected);
    }

    [Theory]
    [MemberData(nameof(Asked))]
    public async Task Fish_completes(string line, string[] expected)
    {
        string script = await ScriptAsync("fish", "/usr/bin/fish");
        AssertOffers("/usr/bin/fish", ["--no-config", "-c", $"source '{script}'; complete -C '{line}'"], expected);
    }

    /// <summary>A zsh of its own is driven through a pseudo-terminal, as a user would: the line and a tab.</summary>
    [Theory]
    [MemberData(nameof(Asked))]
    public async Task Zsh_completes(string line, string[] expected)
    {
        string script = await ScriptAsync("zsh", "/usr/bin/zsh");
        string ask = $$"""
            zmodload zsh/zpty
            zpty z zsh -f -i
            feed() { zpty -w z "$1"; }
            feed 'PROMPT=; autoload -Uz compinit; compinit -D; source {{script}}'
            feed 'bindkey "^I" complete-word; zstyle ":completion:*" list-grouped false'
            feed 'compadd() { builtin compadd -A found "$@"; [[ -n $found ]] && print -r -l -- "OFFER:"${^found} >> {{_folder.File("offers")}}; builtin compadd "$@" }'
            feed 'print READ''Y'
            zpty -r z reply '*READY*'
            zpty -w -n z $'{{line}}\t'
            for i in {1..200}; do [[ -s {{_folder.File("offers")}} ]] && break; sleep 0.05; done
            sleep 0.3
            zpty -d z
            sed -n 's/^OFFER://p' {{_folder.File("offers")}}
            """;
        AssertOffers("/usr/bin/zsh", ["-f", "-c", ask], expected);
    }

    [Fact]
    public async Task Every_command_and_every_long_option_is_in_every_script()
    {
        foreach (string shell in (string[])["bash", "zsh", "fish"])
        {
            string script = (await CommandLine.RunAsync("completions", shell)).Out;
            foreach (System.CommandLine.Command command in CommandCatalogue.Create(new Terminal { Out = TextWriter.Null, Error = TextWriter.Null }).Where(c => !c.Hidden))
            {
                Assert.Contains(command.Name, script, StringComparison.Ordinal);
                Assert.All(command.Options, o => Assert.Contains(shell == "fish" ? "-l " + o.Name[2..] : o.Name, script, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void Every_command_has_examples_and_no_example_is_of_none() => Assert.Equal(
        CommandCatalogue.Create(new Terminal { Out = TextWriter.Null, Error = TextWriter.Null }).Where(c => !c.Hidden).Select(c => c.Name).Order(StringComparer.Ordinal),
        CommandExamples.All.Where(e => e.Value.Length > 0 && e.Value.All(x => x.Split(' ')[0] == e.Key)).Select(e => e.Key).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Help_shows_the_examples() =>
        Assert.Contains("Examples:\n  colocate scores --lake out/lake --pairs\n", (await CommandLine.RunAsync("scores", "--help")).Out.ReplaceLineEndings("\n"), StringComparison.Ordinal);

    private async Task<string> ScriptAsync(string shell, string program)
    {
        Assert.SkipUnless(File.Exists(program), $"{program} is not installed (Debian: apt-get install {shell}): nobody loads its script.");
        CommandLine.Outcome outcome = await CommandLine.RunAsync("completions", shell);
        Assert.True(outcome.Code == 0, outcome.Error);
        string path = _folder.File("script." + shell);
        await File.WriteAllTextAsync(path, outcome.Out);
        return path;
    }

    private static void AssertOffers(string program, string[] args, string[] expected)
    {
        (int code, string output, string error) = OutsideProgram.Run(program, args);
        Assert.True(code == 0, error);
        Assert.Equal(expected, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('\t')[0].Trim()).Distinct().Order(StringComparer.Ordinal));
    }
}
