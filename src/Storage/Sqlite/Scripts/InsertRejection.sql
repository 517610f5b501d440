INSERT INTO rejection (tenant, at, code, guest, order_ref, payload)
VALUES ($tenant, $at, $code, $guest, $order, $payload);
