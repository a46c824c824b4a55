using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace Payments.Api.Migrations;

[DbContext(typeof(PaymentsContext))]
[Migration("20260310081500_CreateCharges")]
public sealed class CreateCharges : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "charges",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false)
                    .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                OrderId = table.Column<long>(nullable: false),
                Cents = table.Column<long>(nullable: false),
                IdempotencyKey = table.Column<string>(maxLength: 100, nullable: false),
                AcquirerReference = table.Column<string>(maxLength: 100, nullable: true),
                Status = table.Column<string>(maxLength: 16, nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_charges", charge => charge.Id));

        migrationBuilder.CreateIndex("IX_charges_IdempotencyKey", "charges", "IdempotencyKey", unique: true);
        migrationBuilder.CreateIndex("IX_charges_OrderId", "charges", "OrderId");
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("charges");
}
