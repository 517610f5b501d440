SELECT secret FROM store;
