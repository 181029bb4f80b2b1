using Colocate.Model.Tables;

namespace Colocate.Predict.Profiles;

/// <summary>The rows of one saturated base run; null where a table has none.</summary>
internal sealed record BaseRun(
    RunRow? Run,
    BaseCaseRow? BaseCase,
    ClientResultRow? Client,
    HostMetricsRow? Host,
    DomainMetricsRow? Driver,
    DomainMetricsRow? Guest);
