SELECT owner.guest, owner.name, owner.generation, owner.previous
FROM unnest($1::uuid[]) WITH ORDINALITY AS asked (browser, place)
JOIN owner ON owner.browser = asked.browser
ORDER BY asked.place;
