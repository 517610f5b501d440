using System.Buffers;
using System.Globalization;
using System.Text.Unicode;
using GuestSessions.Bench.Load;

namespace GuestSessions.Bench.Reads;

/// <summary>Stores guests with an e-mail address and five events each, by NDJSON.</summary>
internal sealed class StoredGuests(int port, int guests) : IDisposable
{
    public const int EventsOfGuest = 5;

    private const int GuestsOfBody = 200;
    private const int Callers = 2;

    private readonly NdjsonPost _post = new(port);
    private int _next;

    public static string EmailOf(int guest) => string.Create(CultureInfo.InvariantCulture, $"guest-{guest}@bench.example");

    public async Task LoadAsync()
    {
        using var progress = new PeriodicTimer(TimeSpan.FromSeconds(15));
        var loading = Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => PostAsync()));
        while (await Task.WhenAny(loading, progress.WaitForNextTickAsync().AsTask()) != loading)
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Math.Min(_next, guests):N0} of {guests:N0} guests stored"));
        await loading;
    }

    public void Dispose() => _post.Dispose();

    private async Task PostAsync()
    {
        var body = new ArrayBufferWriter<byte>(GuestsOfBody * EventsOfGuest * 384);
        int first;
        while ((first = Interlocked.Add(ref _next, GuestsOfBody) - GuestsOfBody) < guests)
        {
            body.ResetWrittenCount();
            for (var guest = first; guest < Math.Min(first + GuestsOfBody, guests); guest++)
                Write(body, guest);
            await _post.StoreAsync(body);
        }
    }

    private static void Write(ArrayBufferWriter<byte> body, int guest)
    {
        for (var number = 0; number < EventsOfGuest; number++)
        {
            var at = body.GetSpan(512);
            var (type, more) = number == 0
                ? ("IDENTITY", $",\"email\":\"{EmailOf(guest)}\",\"identifiers\":[{{\"provider\":\"email\",\"id\":\"{EmailOf(guest)}\"}}]")
                : ("VIEW", "");
            Utf8.TryWrite(at, CultureInfo.InvariantCulture,
                $"{{\"guest\":\"guest-{guest}\",\"event_id\":\"{guest}-{number}\",\"event\":{{\"type\":\"{type}\",\"channel\":\"WEB\",\"language\":\"EN\",\"currency\":\"EUR\",\"page\":\"/tourers/summer/tourer-{number}\",\"pos\":\"{LoadConnection.PointOfSale}\"{more}}}}}\n",
                out var written);
            body.Advance(written);
        }
    }
}
