using System.Globalization;
using System.Text.Json;
using GuestSessions.Api.Authentication;
using GuestSessions.Api.Console.Pages;
using GuestSessions.Api.Guests;
using GuestSessions.Api.Reveal;
using GuestSessions.Api.Support;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api.Console;

/// <summary>A value without its mask, in the answer to a form and in no address.</summary>
/// <param name="Back">Where the browser goes by itself when the time is over.</param>
public sealed record RevealedModel(RevealedBody Revealed, string Back);

/// <summary>
/// Shows one masked value for five minutes. The page is the answer to its form: nothing stores it, and the browser leaves it
/// by itself, also without a script.
/// </summary>
internal sealed class ConsoleReveals(Reveals reveals)
{
    /// <summary>Between what a form shows of a value and the value's name.</summary>
    private const char Separator = '\t';

    public async Task<IResult> RevealAsync(string guest, HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (field, shown) = Read(form[Reveals.Field].ToString());
        var eventId = form[Reveals.EventId].ToString();
        var (request, refused) = ActRequest.Of(
            form["reason"], (Reveals.Field, field), (Reveals.Shown, shown), (Reveals.EventId, eventId));
        if (request is null)
            return ConsolePages.Refused(context, refused!);
        var answered = await reveals.RevealAsync(guest, Caller.Of(context), request);
        if (answered.Refused is { } why)
            return ConsolePages.Refused(context, why);
        var back = Back(guest, eventId);
        context.Response.Headers["Refresh"] =
            string.Create(CultureInfo.InvariantCulture, $"{Reveals.ShownFor.TotalSeconds:0}; url={back}");
        return ConsolePages.Page<Revealed, RevealedModel>(context, new RevealedModel(answered.Value!, back));
    }

    /// <summary>The masked values of a guest.</summary>
    public static IEnumerable<MaskedField> Of(GuestBody guest) =>
        MaskedFields.Of(JsonSerializer.SerializeToElement(guest with { Rejections = null }, ApiJson.Default.GuestBody));

    /// <summary>The masked values of an event.</summary>
    public static IEnumerable<MaskedField> Of(EventBody @event) =>
        MaskedFields.Of(JsonSerializer.SerializeToElement(@event, ApiJson.Default.EventBody));

    /// <summary>A value as a form sends it: with what the page showed of it.</summary>
    public static string Write(MaskedField field) => $"{field.Path}{Separator}{field.Shown}";

    private static (string Field, string? Shown) Read(string text) => text.IndexOf(Separator, StringComparison.Ordinal) is >= 0 and var at
        ? (text[..at], text[(at + 1)..])
        : (text, null);

    private static string Back(string guest, string eventId)
    {
        var page = $"{ConsoleEndpoints.Root}/guests/{Uri.EscapeDataString(guest)}";
        return eventId.Length == 0 ? page : $"{page}/events/{Uri.EscapeDataString(eventId)}";
    }
}
