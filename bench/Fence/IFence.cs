namespace GuestSessions.Bench.Fence;

internal interface IFence : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Writes batches of so many guests, one after the other.</summary>
    Task<(double Rate, double Wal)> MeasureAsync(int rows, TimeSpan time);
}
