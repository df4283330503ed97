"""The job ad: composed from the profile, edited, checked, and out."""
