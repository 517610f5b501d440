using System.Runtime.CompilerServices;
using GuestSessions.Core.Delivery;
using GuestSessions.Core.Options;
using GuestSessions.StreamApi.Wire;
using Polly;
using Polly.CircuitBreaker;
using CircuitState = GuestSessions.Core.Delivery.CircuitState;
using PollyState = Polly.CircuitBreaker.CircuitState;

namespace GuestSessions.StreamApi.Resilience;

/// <summary>
/// The resilience of every call to one endpoint: circuit breaker and time-out. It does not retry, because only the
/// durable schedule retries. It does not limit the requests in flight, because the delivery gate does.
/// </summary>
internal sealed class EndpointPipeline
{
    /// <summary>How long an open circuit blocks all calls before it allows one probe.</summary>
    public static readonly TimeSpan Break = TimeSpan.FromSeconds(5);

    private readonly CircuitBreakerStateProvider _breaker = new();
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline<WireObservation> _pipeline;
    private readonly TimeOuts _timeOuts;
    private long _breakEndsAt;
    private bool _isOpen;

    /// <param name="delivery">The time-outs.</param>
    /// <param name="time">Drives the breaker and the time-out.</param>
    /// <param name="onCircuit">Called with true when it opens, and with false when it closes; a probe that fails changes nothing.</param>
    public EndpointPipeline(DeliveryOptions delivery, TimeProvider time, Action<bool> onCircuit)
    {
        // The breaker uses the time of day. A clock that is set back would keep the circuit open for that long.
        _time = new MonotonicTime(time);

        _timeOuts = new TimeOuts(delivery.ConnectTimeout + delivery.ResponseTimeout, time);
        _pipeline = new ResiliencePipelineBuilder<WireObservation> { TimeProvider = _time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<WireObservation>
            {
                FailureRatio = 0.5,
                MinimumThroughput = 20,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = Break,
                StateProvider = _breaker,
                ShouldHandle = args => ValueTask.FromResult(IsFailure(args.Outcome)),
                OnOpened = args =>
                {
                    Interlocked.Exchange(ref _breakEndsAt, (_time.GetUtcNow() + args.BreakDuration).UtcTicks);
                    if (!Interlocked.Exchange(ref _isOpen, true))
                        onCircuit(true);
                    return ValueTask.CompletedTask;
                },
                OnClosed = _ =>
                {
                    Volatile.Write(ref _isOpen, false);
                    onCircuit(false);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    /// <summary>
    /// Open with no time left means that one probe is allowed now; half-open means that it is in flight.
    /// </summary>
    public CircuitStatus Circuit => _breaker.CircuitState switch
    {
        PollyState.Closed => new CircuitStatus(CircuitState.Closed, TimeSpan.Zero),
        PollyState.HalfOpen => new CircuitStatus(CircuitState.HalfOpen, TimeSpan.Zero),
        _ => new CircuitStatus(CircuitState.Open, TimeUntilProbe()),
    };

    /// <summary>Runs <paramref name="call"/> if the circuit allows it.</summary>
    /// <param name="call">
    /// One attempt. It observes the time-out through its token and reports the outcome of the request itself, in the form that
    /// the pipeline wants: a method between them would cost each attempt an object.
    /// </param>
    /// <param name="state">What <paramref name="call"/> gets, so that it needs no closure.</param>
    /// <param name="counts">
    /// Whether its failure counts for the circuit. While the circuit is open, any call can only be its probe.
    /// </param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<WireObservation> RunAsync<TState>(
        Func<TState, CancellationToken, ValueTask<Outcome<WireObservation>>> call,
        TState state,
        CancellationToken cancellation,
        bool counts = true)
    {
        var timeOut = _timeOuts.Start();
        var caller = cancellation.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), timeOut);
        var context = ResilienceContextPool.Shared.Get(timeOut.Token);
        try
        {
            var outcome = counts || _breaker.CircuitState != PollyState.Closed
                ? await _pipeline.ExecuteOutcomeAsync(
                    static (context, call) => call.Call(call.State, context.CancellationToken), context, (Call: call, State: state))
                : await call(state, timeOut.Token);
            if (outcome.Exception is BrokenCircuitException)
                return new WireObservation(WireEnd.CircuitOpen);
            outcome.ThrowIfException();
            return outcome.Result!;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Before the call started; once it runs, it reports its own cancellation.
            return new WireObservation(WireEnd.Cancelled);
        }
        finally
        {
            await caller.DisposeAsync();
            ResilienceContextPool.Shared.Return(context);
            _timeOuts.Return(timeOut);
        }
    }

    private bool IsFailure(Outcome<WireObservation> outcome) => outcome switch
    {
        { Result: { End: WireEnd.Answered } seen } =>
            seen.Status >= 500 || seen.Answer.Form == AnswerForm.Truncated,

        // No evidence about the endpoint. As a probe it must not close the circuit, however.
        { Result.End: WireEnd.Expired or WireEnd.Cancelled } or { Exception: OperationCanceledException } =>
            _breaker.CircuitState == PollyState.HalfOpen,
        _ => true,
    };

    private TimeSpan TimeUntilProbe()
    {
        var left = new DateTimeOffset(Interlocked.Read(ref _breakEndsAt), TimeSpan.Zero) - _time.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
