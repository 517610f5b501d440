using GuestSessions.Api.Guests;
using GuestSessions.Core.Events;
using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;

namespace GuestSessions.Api.Rejections;

/// <summary>The guest and the order of a rejection, by which it can be found.</summary>
internal readonly record struct RejectionSubject(string? Guest, string? OrderReference)
{
    private const int Longest = 128;

    /// <summary>A valid guest id identifies nobody by itself; any other value may be personal and is masked.</summary>
    public string? ShownGuest => Guest is null ? null : CallerIds.IsValid(Guest) ? Guest : Masking.Mask(Cut(Guest));

    public string? ShownOrder => OrderReference is null ? null : TextMask.Mask(Cut(OrderReference));

    public UInt128? GuestHash(GuestKeyring keyring, string tenant) => Guest is null ? null : HashOfGuest(keyring, tenant, Guest);

    public UInt128? OrderHash(GuestKeyring keyring, string tenant) =>
        OrderReference is null ? null : HashOfOrder(keyring, tenant, OrderReference);

    /// <summary>Regardless of capitals and of blanks around it, like all that is searched for.</summary>
    public static UInt128 HashOfGuest(GuestKeyring keyring, string tenant, string guest) =>
        keyring.KeyOf(tenant, SearchTerm.Normalised(guest)).Hash;

    public static UInt128 HashOfOrder(GuestKeyring keyring, string tenant, string reference) =>
        keyring.HashOf(tenant, SearchTerm.OrderReference(reference));

    private static string Cut(string text) => text.Length <= Longest ? text : text[..Longest];
}
