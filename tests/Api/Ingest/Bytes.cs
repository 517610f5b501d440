using System.Text;

namespace GuestSessions.Api.Tests.Ingest;

internal static class Bytes
{
    public static string Text(this ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);
}
