using System.Text;
using GuestSessions.Emulator;
using GuestSessions.Emulator.Guests;
using GuestSessions.Emulator.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace GuestSessions.Core.Tests.Sessions.Upstream;

/// <summary>
/// What the emulator makes of the events it is sent. It shares no code with the service, so that it can disagree.
/// </summary>
internal sealed class EmulatedUpstream
{
    private readonly FakeTimeProvider _time;
    private readonly EventModel _model;
    private readonly SessionBook _sessions;
    private readonly PointOfSale _pointOfSale;
    private long _arrivals;

    public EmulatedUpstream(string pointOfSale, TimeSpan timeout, string provider, DateTimeOffset start)
    {
        _time = new FakeTimeProvider(start);
        _pointOfSale = new PointOfSale { Name = pointOfSale, SessionTimeout = timeout };
        var settings = new EmulatorSettings
        {
            PointsOfSale = [_pointOfSale],
            IdentityRules = [new IdentityRule { Name = "the rule", Provider = provider }],
        };
        var gate = new Lock();
        _sessions = new SessionBook(settings, _time, gate);
        _model = new EventModel(settings, _sessions, new GuestBook(settings, _time, gate), _time, gate);
    }

    /// <summary>Sends an event and answers with the codes of what is misread.</summary>
    public IReadOnlyList<string> Take(string json, Guid browserId, DateTimeOffset at)
    {
        GoOnTo(at);
        var message = EventMessage.Read(Encoding.UTF8.GetBytes(json))!;
        return [.. _model.Take(++_arrivals, message, browserId, _pointOfSale).Findings.Select(static finding => finding.Code)];
    }

    public IReadOnlyList<Session> SessionsOf(Guid browserId, DateTimeOffset now)
    {
        GoOnTo(now);
        return _sessions.Of(browserId.ToString());
    }

    // Its clock does not go back when events come that were received before others.
    private void GoOnTo(DateTimeOffset at)
    {
        if (at > _time.GetUtcNow())
            _time.SetUtcNow(at);
    }
}
