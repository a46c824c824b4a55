namespace Payments.Api;

/// <summary>Money taken, or to be given back, for one order.</summary>
public sealed class Charge
{
    public long Id { get; init; }
    public required long OrderId { get; init; }
    public required long Cents { get; init; }

    /// <summary>Sent by the caller. A second request with it is the same charge.</summary>
    public required string IdempotencyKey { get; init; }

    public string? AcquirerReference { get; set; }
    public ChargeStatus Status { get; set; } = ChargeStatus.Pending;
}

public enum ChargeStatus
{
    Pending,
    Captured,
    Refunded,
}
