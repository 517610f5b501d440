using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;
using GuestSessions.Grains.Contracts;

namespace GuestSessions.Grains;

internal static partial class Views
{
    public static PauseView OfPause(PersonAct act) => new(act.By, act.At, act.Reason);

    private static ActView OfAct(ReceiptAct act) => new(
        Names.Of(act.Kind), act.Act.By, act.Act.At, act.Act.Reason, act.Edit?.Body.Bytes ?? default, act.SessionClosed);
}
