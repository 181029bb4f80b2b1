using Colocate.Model.Tables;
using Colocate.Simulate.Experiments;

namespace Colocate.Tests.Simulate.Experiments;

public sealed class MeansTests
{
    [Fact]
    public void Numbers_are_means_over_the_rows_that_know_them()
    {
        SimulatedDomainRow mean = Means.Of<SimulatedDomainRow>([new() { CpuFraction = 0.2, ReplyMs = null }, new() { CpuFraction = 0.3, ReplyMs = 5 }, new() { CpuFraction = 0.7, ReplyMs = 8 }]);
        Assert.Equal(0.4, mean.CpuFraction!.Value, 12);
        Assert.Equal(6.5, mean.ReplyMs);
        Assert.Null(mean.NetKbPerS);
    }

    /// <summary>Every column of both tables, so that a new one cannot be forgotten.</summary>
    [Theory]
    [InlineData(typeof(SimulatedDomainRow))]
    [InlineData(typeof(SimulatedRunRow))]
    public void Every_other_column_is_that_of_the_first_row(Type type)
    {
        object first = Activator.CreateInstance(type)!, second = Activator.CreateInstance(type)!;
        foreach (System.Reflection.PropertyInfo p in type.GetProperties())
        {
            p.SetValue(first, Value(p.PropertyType, 1));
            p.SetValue(second, Value(p.PropertyType, 2));
        }

        object mean = type == typeof(SimulatedDomainRow) ? Means.Of([(SimulatedDomainRow)first, (SimulatedDomainRow)second]) : Means.Of([(SimulatedRunRow)first, (SimulatedRunRow)second]);
        Assert.All(type.GetProperties(), p => Assert.Equal(p.PropertyType == typeof(double?) ? 1.5 : p.GetValue(first), p.GetValue(mean)));

        static object Value(Type type, int i) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
        {
            TypeCode.String => $"text {i}",
            TypeCode.Boolean => i == 1,
            TypeCode code => Convert.ChangeType(i, code, System.Globalization.CultureInfo.InvariantCulture),
        };
    }
}
