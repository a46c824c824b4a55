using Microsoft.EntityFrameworkCore;
using Shop.Shipping.V1;

namespace Payments.Api;

/// <summary>Takes money and gives it back. Every step may be repeated without harm.</summary>
public sealed class Charging(PaymentsContext payments, Ledger ledger, Acquirer acquirer, Shipping.ShippingClient shipping)
{
    public sealed record Request(long OrderId, long Cents, uint Grams, string Country);

    public async Task<Charge> ChargeAsync(Request request, string key, CancellationToken cancellation)
    {
        var charge = await payments.Charges.SingleOrDefaultAsync(c => c.IdempotencyKey == key, cancellation);
        if (charge is null)
        {
            charge = new Charge { OrderId = request.OrderId, Cents = request.Cents, IdempotencyKey = key };
            payments.Charges.Add(charge);
            await payments.SaveChangesAsync(cancellation);
        }
        if (charge.Status == ChargeStatus.Pending)
        {
            charge.AcquirerReference = (await acquirer.CaptureAsync(charge, cancellation)).Reference;
            charge.Status = ChargeStatus.Captured;
            await payments.SaveChangesAsync(cancellation);
        }
        await ledger.BookAsync(charge.OrderId, charge.Cents, "charge", cancellation);
        await shipping.ReleaseAsync(
            new ReleaseRequest { OrderId = request.OrderId, Grams = request.Grams, Country = request.Country },
            deadline: DateTime.UtcNow.AddSeconds(1),
            cancellationToken: cancellation);
        return charge;
    }

    /// <summary>The compensation of <see cref="ChargeAsync"/>. <c>null</c> when there was no charge.</summary>
    public async Task<Charge?> RefundAsync(long orderId, CancellationToken cancellation)
    {
        var charge = await payments.Charges.SingleOrDefaultAsync(c => c.OrderId == orderId, cancellation);
        if (charge?.Status == ChargeStatus.Captured)
        {
            await acquirer.RefundAsync(charge, cancellation);
            await ledger.BookAsync(orderId, -charge.Cents, "refund", cancellation);
            charge.Status = ChargeStatus.Refunded;
            await payments.SaveChangesAsync(cancellation);
        }
        return charge;
    }
}
