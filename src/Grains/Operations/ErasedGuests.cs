using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Operations;
using GuestSessions.Core.Privacy;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Contracts.Silos;

namespace GuestSessions.Grains.Operations;

/// <summary>The guests of one tenant as an erasure sees them.</summary>
internal sealed class ErasedGuests(
    string tenant, IGrainFactory grains, GuestKeyring keyring, IErasureStore erasures, IOperationStore operations) : IErasedGuests
{
    private const int OperationsOfPage = 200;

    public Task<IReadOnlyList<string>?> ReadLinesAsync(string guest) => GrainOf(guest).ReadLinesAsync();

    public Task<ErasedStep> EraseAsync(string guest, string of, int lines, OperationRecord record) =>
        GrainOf(guest).EraseAsync(new EraseMessage(
            guest, KeyOf(of).ToString(), lines, record.Id, record.Act, record.Erasure!.Certificate.FileUntil!.Value));

    public Task<ErasureCounts> ClearAsync(IReadOnlyList<string> guests) => erasures.ClearAsync(
        [.. guests.Select(guest => new ErasedRows(
            KeyOf(guest), guest, keyring.KeyOf(tenant, SearchTerm.Normalised(guest)).Hash))],
        CancellationToken.None);

    public async Task<int> ForgetOperationsAsync(IReadOnlyList<string> guests)
    {
        var keys = guests.Select(guest => KeyOf(guest).ToString()).ToHashSet(StringComparer.Ordinal);
        var forgotten = 0;
        OperationPlace? before = null;
        IReadOnlyList<OperationRecord> page;
        do
        {
            page = await operations.ReadLatestAsync(tenant, before, OperationsOfPage, CancellationToken.None);
            foreach (var record in page.Where(record => record.IsAbout(keys)))
            {
                await grains.GetGrain<IOperationGrain>($"{tenant}/{record.Id}").ForgetAsync();
                forgotten++;
            }

            before = page.Count > 0 ? new OperationPlace(page[^1].Act.At, page[^1].Id) : null;
        }
        while (page.Count == OperationsOfPage);

        return forgotten;
    }

    public Task<StorageRemains> CompactAsync() => erasures.CompactAsync(CancellationToken.None);

    public string HashOf(string guest) => KeyOf(guest).HashText;

    private GuestKey KeyOf(string guest) => keyring.KeyOf(tenant, guest);

    private IGuestErasureGrain GrainOf(string guest) => grains.GetGrain<IGuestErasureGrain>(KeyOf(guest).ToString());
}
