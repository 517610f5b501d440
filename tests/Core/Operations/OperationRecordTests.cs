using GuestSessions.Core.Operations;
using GuestSessions.Core.Sessions;
using GuestSessions.Core.Tests.Sessions;

namespace GuestSessions.Core.Tests.Operations;

public sealed class OperationRecordTests
{
    private static readonly OperationRecord Begun = new()
    {
        Id = "op",
        Tenant = "shop",
        Kind = OperationRecord.BulkRedriveKind,
        Act = new PersonAct("kim", Given.Start, "asked for"),
        Request = "hash-1",
    };

    [Fact]
    public void What_was_given_up_is_begun_again_by_its_own_request_only()
    {
        var failed = Enumerable.Range(0, OperationRecord.MostFailures)
            .Aggregate(Begun, static (record, _) => record.CutShort(Given.Start));

        Assert.True(failed.HasFailed);
        Assert.True(failed.IsBegunAgainBy("hash-1"));
        Assert.False(failed.IsBegunAgainBy("hash-2"));
        Assert.False(failed.IsBegunAgainBy(null));
    }

    [Fact]
    public void What_runs_or_ended_well_is_not_begun_again()
    {
        Assert.False(Begun.IsBegunAgainBy("hash-1"));
        Assert.False(Begun.CutShort(Given.Start).IsBegunAgainBy("hash-1"));
        Assert.False((Begun with { EndedAt = Given.Start }).IsBegunAgainBy("hash-1"));
    }
}
