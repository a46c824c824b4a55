using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace Payments.Api.Migrations;

[DbContext(typeof(PaymentsContext))]
internal sealed class PaymentsContextModelSnapshot : ModelSnapshot
{
    protected override void BuildModel(ModelBuilder modelBuilder)
    {
        modelBuilder
            .HasAnnotation("ProductVersion", "9.0.11")
            .HasAnnotation("Relational:MaxIdentifierLength", 63);
        NpgsqlModelBuilderExtensions.UseIdentityByDefaultColumns(modelBuilder);

        modelBuilder.Entity("Payments.Api.Charge", charge =>
        {
            charge.Property<long>("Id").ValueGeneratedOnAdd().HasColumnType("bigint");
            NpgsqlPropertyBuilderExtensions.UseIdentityByDefaultColumn(charge.Property<long>("Id"));
            charge.Property<string>("AcquirerReference").HasMaxLength(100).HasColumnType("character varying(100)");
            charge.Property<long>("Cents").HasColumnType("bigint");
            charge.Property<string>("IdempotencyKey").IsRequired().HasMaxLength(100).HasColumnType("character varying(100)");
            charge.Property<long>("OrderId").HasColumnType("bigint");
            charge.Property<string>("Status").IsRequired().HasMaxLength(16).HasColumnType("character varying(16)");
            charge.HasKey("Id");
            charge.HasIndex("IdempotencyKey").IsUnique();
            charge.HasIndex("OrderId");
            charge.ToTable("charges", (string?)null);
        });
    }
}
