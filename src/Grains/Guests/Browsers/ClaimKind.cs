namespace GuestSessions.Grains.Guests.Browsers;

/// <summary>Which browsers a claim is for.</summary>
internal enum ClaimKind
{
    /// <summary>A browser that belongs to nobody, or to the guest itself.</summary>
    Free,

    /// <summary>Any browser, also another guest's.</summary>
    Take,

    /// <summary>
    /// An id that the upstream has just issued for the guest. Nearly certainly it has no owner, so the claim is made before
    /// the owner is read.
    /// </summary>
    Issued,
}
