using System.Globalization;
using Colocate.Model.Errors;
using Colocate.Predict.Models;

namespace Colocate.Predict.Placement;

/// <summary>
/// Decides who sits beside whom so that the sum of all combined scores is greatest, and every guest keeps a promised score if one is asked for.
/// With two guests a host the answer is a maximum-weight matching and exact; with more it is a packing (<see cref="Packing"/>).
/// </summary>
public static class Placer
{
    /// <summary>Places guests on hosts; the same request and predictions give the same placement.</summary>
    /// <param name="request">Guests, hosts and what is promised.</param>
    /// <param name="predict">Prediction of two workloads, in the order asked for.</param>
    /// <exception cref="RequestException">Wrong use: no guest, too few seats, or settings out of range. Nothing matched: the guests cannot keep the promised score on so few hosts.</exception>
    public static Placement Place(PlacementRequest request, Func<string, string, PairPrediction> predict)
    {
        Check(request);
        var pairs = new GuestPairs(request.Guests, predict);
        return request.Slots == 2 ? new PairPlacer(request, pairs).Place() : new Packing(request, pairs).Place();
    }

    internal static RequestException TooFewHosts(PlacementRequest request, string needed) => new(
        ExitCode.NothingMatched,
        string.Create(CultureInfo.InvariantCulture, $"{request.Guests.Count} guests do not fit on {request.Hosts} hosts when each is to keep a score of {request.MinScore}: {needed}"),
        "give more hosts, promise less with --min-score, or state bounds at a lower --level");

    private static void Check(PlacementRequest request)
    {
        if (request.Guests.Count == 0)
            throw new RequestException(ExitCode.WrongUse, "there is nobody to place", "name at least one workload");
        if (request.Slots < 1)
            throw new RequestException(ExitCode.WrongUse, "a host without a slot takes nobody", "give --slots of 1 or more");
        if (request.Hosts < 1)
            throw new RequestException(ExitCode.WrongUse, "without a host there is no place", "give --hosts of 1 or more");
        if (request.MinScore is { } score && score is not (> 0 and <= 1))
            throw new RequestException(ExitCode.WrongUse, "a promised score must lie above 0 and not above 1, which is what a workload has alone", "use for instance 0.8");
        if (request.Hosts is { } hosts && (long)hosts * request.Slots < request.Guests.Count)
        {
            throw new RequestException(
                ExitCode.WrongUse,
                string.Create(CultureInfo.InvariantCulture, $"{request.Guests.Count} guests do not fit on {hosts} hosts with {request.Slots} slots each"),
                string.Create(CultureInfo.InvariantCulture, $"give at least {(request.Guests.Count + request.Slots - 1) / request.Slots} hosts, or more slots"));
        }
    }
}
