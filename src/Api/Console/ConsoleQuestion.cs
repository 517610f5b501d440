using System.Security.Cryptography;
using GuestSessions.Api.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace GuestSessions.Api.Console;

/// <summary>
/// What a person looked for last, encrypted in a cookie of its own for ten minutes: the page with the answer has an address without
/// it, so the person can go back to it.
/// </summary>
internal sealed class ConsoleQuestion(IDataProtectionProvider protection, IHostEnvironment environment)
{
    private const string Purpose = "console question";
    private const char Separator = '\n';

    /// <summary>Browsers keep no longer cookie.</summary>
    private const int LongestCookie = 3_800;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <returns>False if it is too long for a cookie.</returns>
    public bool Keep(HttpContext context, string text, string eventsBefore)
    {
        var kept = ProtectorOf(context).Protect($"{eventsBefore}{Separator}{text}", Lifetime);
        if (kept.Length > LongestCookie)
        {
            Forget(context);
            return false;
        }

        var cookie = Cookie();
        context.Response.Cookies.Append(cookie.Name!, kept, cookie.Build(context));
        return true;
    }

    /// <summary>Null if nothing was looked for, or too long ago, or by somebody else.</summary>
    public (string Text, string EventsBefore)? Read(HttpContext context)
    {
        if (context.Request.Cookies[Cookie().Name!] is not { } kept)
            return null;
        try
        {
            var question = ProtectorOf(context).Unprotect(kept);
            var end = question.IndexOf(Separator, StringComparison.Ordinal);
            return (question[(end + 1)..], question[..end]);
        }
        catch (CryptographicException)
        {
            return null; // It has expired, or another person asked.
        }
    }

    public void Forget(HttpContext context)
    {
        var cookie = Cookie();
        cookie.MaxAge = null;
        context.Response.Cookies.Delete(cookie.Name!, cookie.Build(context));
    }

    private ITimeLimitedDataProtector ProtectorOf(HttpContext context)
    {
        var caller = Caller.Of(context);
        return protection.CreateProtector(Purpose, caller.Tenant, caller.Name).ToTimeLimitedDataProtector();
    }

    private CookieBuilder Cookie()
    {
        var cookie = new CookieBuilder { HttpOnly = true, SameSite = SameSiteMode.Strict, MaxAge = Lifetime };
        ConsoleSignIn.Protect(cookie, "sessions-console-find", environment);
        return cookie;
    }
}
