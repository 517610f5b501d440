SELECT guest, name, generation, previous FROM owner WHERE browser = $browser;
