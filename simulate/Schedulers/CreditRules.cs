namespace Colocate.Simulate.Schedulers;

/// <summary>Where versions of the credit scheduler differ in their accounting (<c>csched_acct</c>).</summary>
/// <param name="CreditsPerSlice">Credits that running for one slice costs; also what one pcpu has to give in one accounting pass.</param>
/// <param name="WeighsVcpus">Whether a domain's weight counts once for each of its active vcpus, as in Xen 4.17, or once, as in 3.4.</param>
/// <param name="LeaverKeepsHalf">Whether a vcpu with more credits than a slice costs keeps half of them when it stops earning, as in Xen 4.17, or none, as in 3.4.</param>
internal readonly record struct CreditRules(int CreditsPerSlice, bool WeighsVcpus, bool LeaverKeepsHalf);
