SELECT secret FROM meta;
