using Microsoft.EntityFrameworkCore;

namespace Payments.Api;

/// <summary>The database <c>payments</c>.</summary>
public sealed class PaymentsContext(DbContextOptions<PaymentsContext> options) : DbContext(options)
{
    public DbSet<Charge> Charges => Set<Charge>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<Charge>(charge =>
        {
            charge.ToTable("charges");
            charge.HasIndex(c => c.IdempotencyKey).IsUnique();
            charge.HasIndex(c => c.OrderId);
            charge.Property(c => c.IdempotencyKey).HasMaxLength(100);
            charge.Property(c => c.AcquirerReference).HasMaxLength(100);
            charge.Property(c => c.Status).HasConversion<string>().HasMaxLength(16);
        });
    }
}
