using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Payments.Api;

public static class ChargeEndpoints
{
    public static void MapCharges(this IEndpointRouteBuilder routes)
    {
        var charges = routes.MapGroup("/charges").RequireAuthorization();

        charges.MapPost("/", async Task<Results<Ok<Charge>, ValidationProblem>> (
            [FromBody] Charging.Request request,
            [FromHeader(Name = "Idempotency-Key")] string key,
            Charging charging,
            CancellationToken cancellation) =>
            request.Cents > 0
                ? TypedResults.Ok(await charging.ChargeAsync(request, key, cancellation))
                : TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["cents"] = ["must be more than 0"] }));

        charges.MapDelete("/{orderId:long}", async Task<Results<Ok<Charge>, NotFound>> (
            long orderId,
            Charging charging,
            CancellationToken cancellation) =>
            await charging.RefundAsync(orderId, cancellation) is { } charge
                ? TypedResults.Ok(charge)
                : TypedResults.NotFound())
            .RequireAuthorization("refund");
    }
}
