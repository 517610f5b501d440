using GuestSessions.Core.Lists;
using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;
using GuestSessions.Storage.Tests.Kit;

namespace GuestSessions.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task The_audit_says_when_a_person_revealed_values_and_which()
    {
        await ListAsync("anna", 1, new() { Acts = [Act("redriven", "kim", 7)] });
        for (var minute = 1; minute <= 3; minute++)
            await RevealAsync("kim", minute);
        await RevealAsync("sam", 4);

        Assert.Equal(Entries.Start.AddMinutes(3), await RevealedAsync("kim", 0));
        Assert.Equal(Entries.Start.AddMinutes(1), await RevealedAsync("kim", 2));
        Assert.Null(await RevealedAsync("kim", 3));
        Assert.Equal(Entries.Start.AddMinutes(4), await RevealedAsync("sam", 0));
        Assert.Null(await RevealedAsync("lee", 0));
        var listed = (await Lists.ReadAuditAsync(
            new AuditQuery(Entries.Tenant, "sam", Key("anna"), null, 3), CancellationToken.None)).Single();
        Assert.Equal(("anna", Revealed("sam", 4)), (listed.Name, listed.Act));
    }

    private Task RevealAsync(string by, int minute) =>
        Lists.AppendActAsync(Entries.Tenant, Revealed(by, minute), CancellationToken.None, Key("anna"));

    private Task<DateTimeOffset?> RevealedAsync(string by, int earlier) =>
        Lists.ReadRevealAsync(Entries.Tenant, by, earlier, CancellationToken.None);

    private static RecordedAct Revealed(string by, int minute) => new(
        ActNames.ValueRevealed, new PersonAct(by, Entries.Start.AddMinutes(minute), "asked", "console"), null, "e7",
        "/received/email");
}
