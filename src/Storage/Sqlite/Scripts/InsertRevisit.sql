INSERT INTO revisit (guest, sequence, version, at) VALUES ($guest, $sequence, $version, $at);
