using System.Security.Cryptography;
using System.Text;

namespace GuestSessions.Shop;

/// <summary>Who the shop knows. A real shop has a number for each customer in its database.</summary>
internal static class Customers
{
    /// <summary>An id for the service that does not say who it is.</summary>
    public static string GuestIdOf(string email) =>
        "shop-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(email.Trim().ToUpperInvariant())))[..12];
}
