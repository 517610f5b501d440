using GuestSessions.Api.Guests;
using GuestSessions.Api.Tenants;
using GuestSessions.Core.Events;
using GuestSessions.Grains.Contracts;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Ingest;

/// <summary>
/// <c>POST /v1/guests/{guest}/sessions/close</c>: closes the open sessions, and sends FORCE_CLOSE if the tenant allows it.
/// </summary>
internal sealed class SessionClosing(TenantCatalog tenants, LinkedActs guests, MissingGuests missing)
{
    public async Task<IResult> PostAsync(string guest, HttpContext context)
    {
        var request = new CloseRequest(Recorder.TraceParent);
        return CallerIds.IsValid(guest)
            && await guests.CloseAsync(tenants.Of(context).Name, guest, request) is var (name, answer)
            ? JsonAnswer.Ok(
                new ClosingAnswer(name, answer.Closed,
                    [.. answer.Sent.Select(sent => EventResult.From(sent.EventId, sent.Result, []))]),
                ApiJson.Default.ClosingAnswer)
            : await missing.RefuseAsync(tenants.Of(context).Name, guest);
    }
}
