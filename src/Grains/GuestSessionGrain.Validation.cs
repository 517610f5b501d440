using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Sessions;

namespace GuestSessions.Grains;

public sealed partial class GuestSessionGrain : IGuestValidationGrain
{
    // The same decisions as live, one after the other, on a copy that goes away with the call.
    public async Task<RecordAnswer> ValidateAsync(RecordRequest request)
        => await ExplainedAsync(request, await _door.EnterAsync(work => Validate(work, request)));

    private RecordAnswer Validate(SessionWork work, RecordRequest request)
    {
        var copy = work.State.Guest is null
            ? new GuestSession(work.State.Limits)
            : GuestSession.Restore(work.State.ToSnapshot(), work.State.Limits);
        return new RecordAnswer(Record(new SessionWork(copy), request, isTrial: true));
    }
}
