namespace Colocate.SystemTests;

public sealed class ProjectTests
{
    [Fact]
    public void The_executable_lies_beside_the_tests() => Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, "colocate.dll")));
}
