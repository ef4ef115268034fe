# contracting
