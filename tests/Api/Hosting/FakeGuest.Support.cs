using GuestSessions.Grains.Contracts;

namespace GuestSessions.Api.Tests.Hosting;

public sealed partial class FakeGuest
{
    /// <summary>What acts on the guest's one event come to; null is an event that is not there.</summary>
    public ActAnswer? Answer { get; set; }

    public RedriveRequest? AskedRedrive { get; private set; }
    public bool? AskedDelivered { get; private set; }
    public ActMessage? Acted { get; private set; }

    public Task<ActAnswer> RedriveAsync(RedriveRequest request)
    {
        AskedRedrive = request;
        return ActAsync(request.EventId, request.Act);
    }

    public Task<IReadOnlyList<long>> ActManyAsync(string kind, bool delivered, IReadOnlyList<long> sequences, ActMessage act) =>
        Task.FromResult(sequences);

    public Task<ActAnswer> DiscardAsync(string eventId, ActMessage act) => ActAsync(eventId, act);

    public Task<ActAnswer> ResolveAsync(string eventId, bool delivered, ActMessage act)
    {
        AskedDelivered = delivered;
        return ActAsync(eventId, act);
    }

    public Task<PauseAnswer?> PauseAsync(ActMessage act)
    {
        Check();
        Acted = act;
        return Task.FromResult(View is null ? null : new PauseAnswer(act.At(ApiHost.Now), InFlight: 0));
    }

    public Task<bool> ResumeAsync(ActMessage act)
    {
        Check();
        Acted = act;
        return Task.FromResult(View is not null);
    }

    private Task<ActAnswer> ActAsync(string eventId, ActMessage act)
    {
        Check();
        Acted = act;
        var known = Answer?.Event is null || Answer.Event.Summary.EventId == eventId;
        return Task.FromResult(known && Answer is { } answer ? answer : new ActAnswer(ActStatus.NotFound));
    }
}
