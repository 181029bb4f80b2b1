using System.Runtime.CompilerServices;
using Xunit.Sdk;
using Xunit.v3;

namespace Colocate.Tests;

/// <summary>
/// A test on data that may not lie in this repository: it exists where an environment variable says where the data is, and nowhere else.
/// </summary>
[XunitTestCaseDiscoverer(typeof(GivenFactDiscoverer))]
[AttributeUsage(AttributeTargets.Method)]
public sealed class GivenFactAttribute(string variable, [CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
    : FactAttribute(sourceFilePath, sourceLineNumber)
{
    public string Variable { get; } = variable;

    public static string Value(string variable) => Environment.GetEnvironmentVariable(variable) ?? "";
}

/// <summary>Finds the test only where its variable is set.</summary>
public sealed class GivenFactDiscoverer : FactDiscoverer
{
    public override ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute) =>
        GivenFactAttribute.Value(((GivenFactAttribute)factAttribute).Variable).Length > 0
            ? base.Discover(discoveryOptions, testMethod, factAttribute)
            : new([]);
}
