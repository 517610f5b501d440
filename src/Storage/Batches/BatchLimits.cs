namespace GuestSessions.Storage.Batches;

/// <summary>The bounds of a <see cref="BatchWriter{TRow, TResult}"/>.</summary>
/// <param name="BatchRows">Maximum number of rows in one transaction.</param>
/// <param name="BatchBytes">Maximum number of bytes in one transaction; a larger row is written alone.</param>
/// <param name="WaitingRows">Maximum number of waiting rows; more are rejected at once.</param>
/// <param name="WaitingBytes">Maximum number of waiting bytes; more are rejected at once.</param>
public record BatchLimits(int BatchRows, long BatchBytes, long WaitingRows, long WaitingBytes);
