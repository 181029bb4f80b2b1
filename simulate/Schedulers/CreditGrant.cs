namespace Colocate.Simulate.Schedulers;

/// <summary>What one accounting pass gives to a domain.</summary>
/// <param name="PerVcpu">Credits for each of its active vcpus.</param>
/// <param name="ParkBelow">Credits below which a vcpu is parked, by its cap; <see cref="int.MinValue"/> without one.</param>
internal readonly record struct CreditGrant(int PerVcpu, int ParkBelow);
