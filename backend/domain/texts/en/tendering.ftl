# tendering
