using System.Security.Cryptography;
using System.Text;
using GuestSessions.Emulator.Guests;
using GuestSessions.Emulator.Rules;
using GuestSessions.Emulator.Sessions;
using GuestSessions.Emulator.Effects;

namespace GuestSessions.Emulator;

/// <summary>
/// Models what the upstream does with an accepted event: who the guest is, which session the event belongs to, how it
/// changes the cart, and what is misread. Processes one event at a time, under one lock.
/// </summary>
internal sealed class EventModel(
    EmulatorSettings settings, SessionBook sessions, GuestBook guests, TimeProvider time, Lock gate)
{
    private const int SessionsSeen = 40;

    private static readonly TimeSpan _sessionsSeenFor = TimeSpan.FromDays(90);
    private static readonly TimeSpan _clockTolerance = TimeSpan.FromMinutes(5);

    // A repetition of these types changes nothing, or another rule reports it.
    private static readonly HashSet<string> _repeatable =
        ["ADD", "IDENTITY", "CONFIRM", "CLEAR_CART", EventMessage.ForceClose];

    private readonly ExtRules _ext = new();
    private readonly IdentityResolution _identity = new(settings.KnownIdentityRules, guests);

    /// <param name="pos">Null if it is none of the tenant's; the event is still judged.</param>
    public Judgement Take(long arrival, EventMessage message, Guid browserId, PointOfSale? pos)
    {
        var judgement = new Judgement(message);
        TypeRules.Judge(judgement);
        AttributeRules.Judge(judgement);
        JudgeClock(judgement);
        if (pos is null)
        {
            judgement.Swallowed(
                "unknown_point_of_sale", "/pos", "It is no point of sale of the tenant, so the event is never shown.");
            return judgement;
        }

        lock (gate)
        {
            var guest = guests.See(browserId);
            _ext.Judge(judgement);
            if (message.Type == EventMessage.ForceClose)
                Close(judgement, message);
            else
                Book(arrival, message, pos, judgement, guest);
        }

        return judgement;
    }

    public void Clear()
    {
        lock (gate)
        {
            _ext.Clear();
            sessions.Clear();
            guests.Clear();
        }
    }

    private void Book(
        long arrival, EventMessage message, PointOfSale pos, Judgement judgement, Guest guest)
    {
        if (message.Type == "IDENTITY")
            guest = _identity.Resolve(judgement, message.BrowserId!, guest);

        var open = sessions.Open(message.BrowserId!, message.Channel ?? "");
        var others = OthersOf(guest, open);
        JudgeBudget(judgement, open, others);
        var content = ContentOf(message);
        if (open?.LastContent == content && !_repeatable.Contains(judgement.Type))
            judgement.Remark(
                "same_again", "", "The content is the same as in the previous event; it is counted again.",
                Basis.Inferred);

        var cart = CartRules.Apply(
            judgement, open?.Cart ?? Cart.Empty, [.. others.Select(other => other.Cart)],
            guest.Type == GuestType.Customer);
        sessions.Add(
            arrival, message, pos, session => session with { Cart = cart, LastContent = content });
    }

    private void Close(Judgement judgement, EventMessage message)
    {
        judgement.Remark(
            "undocumented", "/type", "Only blogs describe FORCE_CLOSE, for use in tests.",
            Basis.Observed);
        if (!sessions.Close(message.BrowserId!, message.Channel ?? ""))
            judgement.Remark("nothing_to_close", "/type", "No session is open.", Basis.Inferred);
    }

    private List<Session> OthersOf(Guest guest, Session? open) =>
        [.. guest.BrowserIds.SelectMany(sessions.Of).Where(session => session.Number != open?.Number)];

    private void JudgeBudget(Judgement judgement, Session? open, List<Session> others)
    {
        if (open?.EventCount >= SessionBook.EventsShown)
            judgement.Misread(
                "session_over_100", "",
                $"Decisions see the last {SessionBook.EventsShown} events of a session; an earlier one is no longer seen.");
        var since = time.GetUtcNow() - _sessionsSeenFor;
        if (open is null && others.Count(session => session.LastEventAt > since) >= SessionsSeen)
            judgement.Misread(
                "sessions_over_40", "",
                $"Decisions see the last {SessionsSeen} sessions of a guest; an earlier one is no longer seen.");
    }

    private void JudgeClock(Judgement judgement)
    {
        if (judgement.Json.TextOf("requested_at") is { } text
            && judgement.Json.GetProperty("requested_at").TryGetDateTimeOffset(out var at)
            && (at - time.GetUtcNow()).Duration() > _clockTolerance)
            judgement.Remark(
                "clock_skew", "/requested_at",
                $"{text} differs by more than 5 minutes from now; it is not documented which clock counts.",
                Basis.Inferred);
    }

    private static ulong ContentOf(EventMessage message) =>
        BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(message.Json.GetRawText())));
}
