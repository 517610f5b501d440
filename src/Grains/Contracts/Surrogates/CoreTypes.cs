using GuestSessions.Core.Delivery;
using GuestSessions.Core.Events;
using GuestSessions.Core.Events.Rules;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Json;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Operations;
using GuestSessions.Core.Privacy;
using GuestSessions.Core.Receipts;
using GuestSessions.Core.Rejections;
using GuestSessions.Core.Sessions;
using GuestSessions.Core.Sessions.Carts;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Configuration;

[assembly: TypeManifestProvider(typeof(GuestSessions.Grains.Contracts.Surrogates.CoreTypes))]

namespace GuestSessions.Grains.Contracts.Surrogates;

/// <summary>
/// The types of the core that travel between hosts without a message type of their own. Each has a name on the wire, like
/// the alias of a message. All are immutable, so calls within a host do not copy them.
/// </summary>
internal sealed class CoreTypes : TypeManifestProviderBase
{
    public static IReadOnlyDictionary<string, Type> Names { get; } = new Dictionary<string, Type>
    {
        ["stream-event"] = typeof(StreamEvent),
        ["content-hash"] = typeof(ContentHash),
        ["utf8-json"] = typeof(Utf8Json),
        ["identifier"] = typeof(Identifier),
        ["event-warning"] = typeof(EventWarning),
        ["violation"] = typeof(Violation),
        ["common-attributes"] = typeof(CommonEventAttributes),
        ["attempt-report"] = typeof(AttemptReport),
        ["browser-id-report"] = typeof(BrowserIdReport),
        ["attempt"] = typeof(Attempt),
        ["attempt-result"] = typeof(AttemptResult),
        ["upstream-session"] = typeof(UpstreamSession),
        ["session-origin"] = typeof(SessionOrigin),
        ["cart"] = typeof(Cart),
        ["cart-line"] = typeof(CartLine),
        ["release-outcome"] = typeof(ReleaseOutcome),
        ["rejection"] = typeof(Rejection),
        ["rejected-path"] = typeof(RejectedPath),
        ["ext-attribute"] = typeof(ExtAttribute),
        ["learned-ext-type"] = typeof(LearnedExtType),
        ["aside-query"] = typeof(SetAsideQuery),
        ["aside-place"] = typeof(SetAsidePlace),
        ["listed-set-aside"] = typeof(ListedSetAside),
        ["listed-backlog"] = typeof(ListedBacklog),
        ["listed-act"] = typeof(ListedAct),
        ["recorded-act"] = typeof(RecordedAct),
        ["person-act"] = typeof(PersonAct),
        ["receipt-act"] = typeof(ReceiptAct),
        ["event-edit"] = typeof(EventEdit),
        ["guest-key"] = typeof(GuestKey),
        ["operation-item"] = typeof(OperationItem),
        ["operation-place"] = typeof(OperationPlace),
        ["aside-groups"] = typeof(SetAsideGroups),
        ["aside-group"] = typeof(SetAsideGroup),
        ["tenant-counts"] = typeof(TenantCounts),
        ["replay-progress"] = typeof(ReplayProgressMade),
        ["personalization-call"] = typeof(PersonalizationCall),
        ["relayed-answer"] = typeof(RelayedAnswer),
        ["erased-standing"] = typeof(ErasedStanding),
        ["erased-step"] = typeof(ErasedStep),
        ["event-on-its-way"] = typeof(EventOnItsWay),
        ["erasure-counts"] = typeof(ErasureCounts),
        ["storage-remains"] = typeof(StorageRemains),
        ["erasure-certificate"] = typeof(ErasureCertificate),
        ["export-progress"] = typeof(ExportProgress),
        ["found-events"] = typeof(FoundEvents),
        ["journal-place"] = typeof(JournalPlace),
    };

    protected override void ConfigureInner(TypeManifestOptions options)
    {
        foreach (var (name, type) in Names)
        {
            options.WellKnownTypeAliases.Add(name, type);
            options.AddCopier(typeof(ShallowCopier<>).MakeGenericType(type));
        }
    }
}
