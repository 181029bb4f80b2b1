using System.Collections.Concurrent;
using Colocate.Ingest.Inputs;
using Colocate.Model.Diagnostics;

namespace Colocate.Ingest.Xentrace.Replay;

/// <summary>
/// Takes the blocks of marks in file order to the merger: at once for a short trace, on a thread of its own for a long one, so that run states
/// are replayed while the next records are read. The order is the same either way.
/// </summary>
internal sealed class MarkPipe : IDisposable
{
    /// <summary>Blocks handed over at a time, about four megabytes of trace: waking a thread costs more than replaying a single one.</summary>
    private const int BatchBlocks = 64;

    /// <summary>Batches between reader and thread; what more there is waits in the reader.</summary>
    private const int MaxQueued = 2;

    private readonly ConcurrentQueue<MarkBlock> _free = new();
    private readonly MarkMerger _merger;
    private readonly Func<bool> _whenIdle;
    private List<MarkBlock> _batch = new(BatchBlocks);
    private Handover<List<MarkBlock>>? _queue;
    private Task? _thread;

    /// <param name="sink">Hears of the marks in the order of time.</param>
    /// <param name="findings">Receives marks out of order.</param>
    /// <param name="maxHeldBytes">Bound on what is held back to merge pcpus by time.</param>
    /// <param name="whenIdle">What the thread does while it has nothing to replay, a little at a call; false when there is nothing to do.</param>
    internal MarkPipe(IMarkSink sink, FindingLog findings, long maxHeldBytes, Func<bool> whenIdle)
    {
        _merger = new MarkMerger(sink, findings, maxHeldBytes, _free.Enqueue);
        _whenIdle = whenIdle;
    }

    /// <summary>An empty block.</summary>
    internal MarkBlock Take() => _free.TryDequeue(out MarkBlock? block) ? block : new MarkBlock();

    internal void Add(MarkBlock block)
    {
        _batch.Add(block);
        if (_batch.Count == BatchBlocks)
            HandOver();
    }

    /// <summary>Waits until everything is merged.</summary>
    internal void Complete()
    {
        _queue?.Close();
        _thread?.GetAwaiter().GetResult();
        _batch.ForEach(_merger.Add);
        _batch.Clear();
        _merger.Complete();
    }

    /// <summary>Ends the thread, whatever is still queued.</summary>
    public void Dispose()
    {
        if (_queue is null)
            return;
        _queue.Close();
        ((IAsyncResult)_thread!).AsyncWaitHandle.WaitOne();
    }

    private void HandOver()
    {
        if (_queue is null)
        {
            Handover<List<MarkBlock>> queue = _queue = new(MaxQueued);
            _thread = Task.Factory.StartNew(() => Replay(queue), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        // Nobody takes what is queued when the thread has failed.
        if (!_queue.TryAdd(_batch))
            _thread!.GetAwaiter().GetResult();
        _batch = new List<MarkBlock>(BatchBlocks);
    }

    private void Replay(Handover<List<MarkBlock>> queue)
    {
        try
        {
            while (true)
            {
                while (!queue.IsReady && _whenIdle())
                {
                }

                if (!queue.TryTake(out List<MarkBlock> batch))
                    return;
                batch.ForEach(_merger.Add);
            }
        }
        finally
        {
            queue.Close();
        }
    }
}
