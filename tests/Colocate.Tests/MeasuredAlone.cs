namespace Colocate.Tests;

/// <summary>
/// Tests that count what is allocated run when no others do: what those allocate would count where all threads are counted, and the collections that they cause count what is left of a
/// thread's piece of memory where one thread is, also a collection in the background, which shows in no count.
/// </summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class MeasuredAlone;
