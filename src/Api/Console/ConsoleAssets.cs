using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace GuestSessions.Api.Console;

/// <summary>The style sheet and the script of the console, embedded in the assembly. Their addresses change with them.</summary>
public static class ConsoleAssets
{
    private static readonly Asset Style = Asset.Read("console.css", "text/css; charset=utf-8");
    private static readonly Asset Script = Asset.Read("console.js", "text/javascript; charset=utf-8");

    public static string StyleAddress => Style.Address;

    public static string ScriptAddress => Script.Address;

    internal static void MapConsoleAssets(this IEndpointRouteBuilder console)
    {
        foreach (var asset in (Asset[])[Style, Script])
        {
            console.MapGet($"/assets/{asset.Name}", (HttpContext context) => asset.WriteAsync(context))
                .WithMetadata(new ConsoleAccess(IsOpen: true));
        }
    }

    private sealed record Asset(string Name, string Type, byte[] Bytes, string Hash)
    {
        public string Address => $"{ConsoleEndpoints.Root}/assets/{Name}?v={Hash}";

        public static Asset Read(string name, string type)
        {
            using var stream = typeof(ConsoleAssets).Assembly.GetManifestResourceStream(name)
                ?? throw new InvalidOperationException($"The assembly has no {name}.");
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return new Asset(name, type, bytes, Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8)));
        }

        public Task WriteAsync(HttpContext context)
        {
            context.Response.ContentType = Type;
            context.Response.ContentLength = Bytes.Length;
            context.Response.Headers[HeaderNames.CacheControl] = "public, max-age=31536000, immutable";
            return context.Response.Body.WriteAsync(Bytes, context.RequestAborted).AsTask();
        }
    }
}
