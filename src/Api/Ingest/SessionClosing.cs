using GuestSessions.Api.Errors;
using GuestSessions.Api.Guests;
using GuestSessions.Api.Tenants;
using GuestSessions.Core.Events;
using GuestSessions.Grains.Contracts;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Ingest;

/// <summary>
/// <c>POST /v1/guests/{guest}/sessions/close</c>: closes what is open, and tells upstream where the tenant allows.
/// </summary>
internal sealed class SessionClosing(TenantCatalog tenants, GuestGrains guests, TimeProvider time)
{
    public async Task<IResult> PostAsync(string guest, HttpContext context)
    {
        if (!CallerIds.IsValid(guest))
            return Refusals.GuestNotFound();
        var answer = await guests.Closing(tenants.Of(context).Name, guest)
            .CloseSessionsAsync(new CloseRequest(time.GetUtcNow(), Recorder.TraceParent));
        return answer is null
            ? Refusals.GuestNotFound()
            : JsonAnswer.Ok(
                new ClosingAnswer(guest, answer.Closed,
                    [.. answer.Sent.Select(sent => EventResult.From(sent.EventId, sent.Result, []))]),
                ApiJson.Default.ClosingAnswer);
    }
}
